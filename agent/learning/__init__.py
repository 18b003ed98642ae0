"""What the creator's verdicts teach: evidence, the rules that follow from it, and how they change the next proposal."""

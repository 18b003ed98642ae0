"""What is told as it happens: changes of scenes in the server's order, who is there, and saves that wait for nobody."""

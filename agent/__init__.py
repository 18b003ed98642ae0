"""Words to proposal: intent, workflow, tools and checks of one turn."""

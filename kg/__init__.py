"""kg: Chinese local newspaper pages become a knowledge graph with evidence for every fact."""

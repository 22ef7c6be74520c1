"""Run the worked examples that stand beside the packs."""

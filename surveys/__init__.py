"""Ask and receive: questionnaires, and the exactly-once acceptance of what citizens send."""

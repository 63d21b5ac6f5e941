"""Free text: tasks and rubrics, answers, what people assessed, the lab."""

"""An exam that is sat at a screen: its clock, its answers and its result. Nothing here knows of pages."""

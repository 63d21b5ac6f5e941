"""The browser's place: routes, forms and templates. What they show and do, the rooms below decide."""

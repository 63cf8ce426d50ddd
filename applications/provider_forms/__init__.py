"""The provider's form as people fill it in: `build` makes the Django form, `default` is the form that ships."""

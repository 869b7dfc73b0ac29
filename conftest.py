"""Everything that makes a kata run different from any other pytest run is in `dojo.plugin`."""

pytest_plugins = ["dojo.plugin"]

"""Papers of the desk: delivery notes and picking lists, as pages to print."""

package dev.drillbook.site.embedded;

/**
 * Where a component is.
 *
 * @param client the port that its clients know: the one that the plan fixes, or a free one
 * @param server the port that its process listens on
 */
record Ports(int client, int server) {}

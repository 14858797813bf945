/**
 * A {@code redis-cli} of our own, for scripts on a machine that lacks it. It needs nothing but the
 * JDK, so that it is quickly there.
 */
package dev.drillbook.site.embedded.standin.redis;

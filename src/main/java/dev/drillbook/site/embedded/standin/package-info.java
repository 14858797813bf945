/**
 * Programs that play stores and tools which this machine does not have. Each runs in a JVM of its
 * own, so that it can be killed as what it plays would be.
 */
package dev.drillbook.site.embedded.standin;

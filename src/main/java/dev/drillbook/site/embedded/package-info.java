/** Stores as real server processes on this machine. */
package dev.drillbook.site.embedded;

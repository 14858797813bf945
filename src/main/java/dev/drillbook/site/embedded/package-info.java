/**
 * The embedded site: real server processes on this machine, each with its own port and folder, no
 * Docker.
 */
package dev.drillbook.site.embedded;

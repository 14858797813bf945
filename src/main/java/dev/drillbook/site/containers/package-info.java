/**
 * Sites whose processes run in containers of one Docker engine on this machine. Each component is a
 * container of its image; a Toxiproxy server, in one too, stands before them all. Files are shared
 * by bind mounts at the same paths, so that a script, a check or a fault finds them where it finds
 * them on the embedded site.
 */
package dev.drillbook.site.containers;

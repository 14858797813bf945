/**
 * What a database held in the very snapshot that a dump was taken in, written down beside the dump:
 * counts and fingerprints, and no data.
 */
package dev.drillbook.manifest;

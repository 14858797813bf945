/**
 * The store behind the S3 stand-in. S3Proxy tells what its stores can do by their package's name:
 * those in one called nio2blob keep their objects in files.
 */
package dev.drillbook.site.embedded.standin.nio2blob;

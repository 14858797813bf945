/**
 * An {@code aws} of our own for S3, for scripts on a machine that lacks it. It goes to no public
 * address, so that a drill cannot reach a real cloud.
 */
package dev.drillbook.site.embedded.standin.aws;

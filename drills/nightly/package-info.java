/** The nightly restore check of all plans. */
package nightly;

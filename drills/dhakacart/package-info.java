/**
 * DhakaCart, a small web shop, and the drills of its recovery plan: its tables and seed, the shop
 * itself ({@link dhakacart.Shop}, a process of its own), and in {@code scripts/} the backup and
 * restore code that its team would run in a disaster.
 */
package dhakacart;

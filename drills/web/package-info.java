/**
 * What the small apps of all systems are made of: an HTTP front, a pool of database connections,
 * settings from the environment, and a client of such an app.
 */
package web;

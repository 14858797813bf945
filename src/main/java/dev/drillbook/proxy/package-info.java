/**
 * A TCP proxy inside this JVM that can do to connections what networks do: slow them down, cut
 * them, freeze them. It is driven by Toxiproxy's HTTP API, so that a real Toxiproxy can take its
 * place.
 */
package dev.drillbook.proxy;

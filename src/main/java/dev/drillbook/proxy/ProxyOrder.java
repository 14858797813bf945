package dev.drillbook.proxy;

/** What a proxy is to be. */
record ProxyOrder(String name, String listen, String upstream, boolean enabled) {}

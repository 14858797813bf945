package dev.drillbook.proxy;

import java.util.List;

/** What a proxy is: where it listens is numeric and has its actual port once it has listened. */
record ProxyState(
    String name, String listen, String upstream, boolean enabled, List<Toxic> toxics) {}

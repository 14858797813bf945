package dev.drillbook.site;

/** A component with processes of its own, which clients reach over a network. */
public interface Server extends Startable, Killable, Pausable, Starvable, Networked {}

package dev.drillbook.site;

/** Something that was done to a component and lasts until it is ended. */
public interface Disturbance {

  /** Takes it away; a second call does nothing, and others of its kind stay. */
  void end();
}

package dev.drillbook.site;

/**
 * A store or an app on a site. What else can be done to it, its abilities say: {@link Startable},
 * {@link Killable} …
 */
public interface Component {

  /** Its name in the plan. */
  String name();

  /**
   * What plays it, with version, for reports, e.g. "PostgreSQL 15.12 from
   * /usr/lib/postgresql/15/bin".
   */
  String describe();

  /** How its processes are now. */
  Condition condition();
}

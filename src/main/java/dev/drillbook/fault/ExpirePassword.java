package dev.drillbook.fault;

import dev.drillbook.site.Postgres;

/** The password of the application's role expires, and its sessions are ended. */
@About(
    kind = About.Kind.CREDENTIALS,
    does = "the application's password expires, its sessions end",
    hits = "PostgreSQL",
    needs = "it runs",
    undone = "it is valid for ever",
    bites = "a login is refused")
public record ExpirePassword(Postgres target) implements Fault {

  public static Fault expirePassword(Postgres target) {
    return new ExpirePassword(target);
  }

  @Override
  public String name() {
    return "expire the password of " + target.role() + " on " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return Logins.refuse(
        scene, target, name(), "valid until '2000-01-01'", "valid until 'infinity'");
  }
}

package dev.drillbook.fault;

import dev.drillbook.site.Postgres;

/** The application's role may not log in any more, and its sessions are ended. */
@About(
    kind = About.Kind.CREDENTIALS,
    does = "the application's role may not log in, its sessions end",
    hits = "PostgreSQL",
    needs = "it runs",
    undone = "it may log in again",
    bites = "a login is refused")
public record RevokeLogin(Postgres target) implements Fault {

  public static Fault revokeLogin(Postgres target) {
    return new RevokeLogin(target);
  }

  @Override
  public String name() {
    return "revoke the login of " + target.role() + " on " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return Logins.refuse(scene, target, name(), "nologin", "login");
  }
}

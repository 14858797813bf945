package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import java.util.List;

/**
 * The role that owns the schema is dropped: the application cannot log in any more, and what it
 * owned belongs to the administrator. That does not heal: recreating the role and giving it back
 * what it owned is the recovery's work.
 */
@About(
    kind = About.Kind.CREDENTIALS,
    does =
        "drops the role that owns the schema and ends its sessions; the administrator owns it then",
    hits = "PostgreSQL",
    needs = "it runs",
    bites = "a login is refused")
public record DropOwner(Postgres target) implements Fault {

  public static Fault dropOwner(Postgres target) {
    return new DropOwner(target);
  }

  @Override
  public String name() {
    return "drop " + target.role() + ", the owner of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    String role = Admin.quoted(target.role());
    long oid =
        Admin.in(
            target,
            name(),
            connection -> {
              long known = Logins.oid(connection, target);
              Admin.execute(connection, "reassign owned by " + role + " to current_user");
              Admin.execute(connection, "drop owned by " + role);
              Admin.execute(connection, "drop role " + role);
              return known;
            });
    Logins.endSessions(target, name(), oid);
    return ActiveFault.over(List.of("the role " + target.role()), () -> Logins.look(target));
  }
}

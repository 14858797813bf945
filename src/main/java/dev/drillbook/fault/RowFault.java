package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import java.util.List;

/** What a change of rows has hit and done; it is over as soon as it is committed. */
record RowFault(List<String> hit, Bite bite) {

  /** Carries out the change with every trigger and foreign key switched off. */
  static ActiveFault inject(Postgres target, String name, Admin.Work<RowFault> change) {
    RowFault done =
        Admin.in(
            target,
            name,
            connection -> {
              Admin.execute(connection, "set local session_replication_role = replica");
              return change.on(connection);
            });
    return ActiveFault.over(done.hit(), done::bite);
  }
}

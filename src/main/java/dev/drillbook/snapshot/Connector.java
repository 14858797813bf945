package dev.drillbook.snapshot;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to one database, each as the same role. */
@FunctionalInterface
public interface Connector {
  Connection connect() throws SQLException;
}

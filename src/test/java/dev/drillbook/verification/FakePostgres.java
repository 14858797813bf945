package dev.drillbook.verification;

import dev.drillbook.site.Command;
import dev.drillbook.site.Condition;
import dev.drillbook.site.DataFiles;
import dev.drillbook.site.Disk;
import dev.drillbook.site.Postgres;
import eu.rekawek.toxiproxy.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A server that nobody can reach; for checks that look at images of databases only. */
final class FakePostgres implements Postgres {

  @Override
  public String name() {
    return "db";
  }

  @Override
  public String describe() {
    return "nothing";
  }

  @Override
  public Connection connect() throws SQLException {
    throw new SQLException("Connection to 127.0.0.1:1 refused");
  }

  @Override
  public Connection administer(String database) throws SQLException {
    return connect();
  }

  @Override
  public String database() {
    return "nothing";
  }

  @Override
  public String role() {
    return "nobody";
  }

  @Override
  public Disk disk() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path walArchive() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Condition condition() {
    return Condition.DOWN;
  }

  @Override
  public DataFiles files() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Limit> limits(Resource resource, long most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public InetSocketAddress directAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> logTail(int lines) {
    throw new UnsupportedOperationException();
  }

  @Override
  public InetSocketAddress clientAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Proxy link() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Command script(String file, String... arguments) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void provision() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void start() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stop() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void kill() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pause() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void resume() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void destroyData() {
    throw new UnsupportedOperationException();
  }
}

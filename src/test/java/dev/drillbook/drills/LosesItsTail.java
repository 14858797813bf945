package dev.drillbook.drills;

import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** DhakaCart's orders, of which the last few are gone when the store is looked at. */
record LosesItsTail(Workload orders, DhakaCart cart) implements Workload {

  @Override
  public String name() {
    return orders.name();
  }

  @Override
  public Operation next(long sequence) {
    return orders.next(sequence);
  }

  @Override
  public Operation insert(String tag) {
    return orders.insert(tag);
  }

  @Override
  public void acknowledged(Operation operation) {
    orders.acknowledged(operation);
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return orders.read(key, timeout);
  }

  @Override
  public void contents(Contents sink) throws Exception {
    forgetTheLastOrders();
    orders.contents(sink);
  }

  private void forgetTheLastOrders() throws SQLException {
    cart.execute(
        "delete from orders where created_at > (select max(created_at) from orders) - interval '200 ms'");
  }
}

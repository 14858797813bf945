package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Injects faults, says so, and heals nothing: somebody kills it. */
final class HalfADrill {
  private HalfADrill() {}

  public static void main(String[] arguments) throws Exception {
    FaultSite site =
        new FaultSite(
            Path.of(arguments[0]),
            Optional.of(
                InetSocketAddress.createUnresolved("127.0.0.1", Integer.parseInt(arguments[1]))));
    Fault both = AtOnce.atOnce(Cut.cut(site.db()), RevokeLogin.revokeLogin(site.db()));
    ActiveFault active = both.inject(site.scene());
    if (System.getProperty("user.name").equals("root")) {
      DiskFull.diskFull(site.db()).inject(site.scene());
    }
    Pause.pause(site.db()).inject(site.scene());
    System.out.println("injected");
    while (active.isInForce() && site.db().condition() != Condition.DOWN) {
      Thread.sleep(1_000);
    }
  }
}

package dev.drillbook.fault;

import dev.drillbook.site.DataHolder;

/** All that a store has stored is gone, as after a lost volume or a deletion on the wrong host. */
public record DestroyData(DataHolder target) implements Fault {

  public static Fault destroyData(DataHolder target) {
    return new DestroyData(target);
  }

  @Override
  public String name() {
    return "destroy data of " + target.name();
  }

  @Override
  public ActiveFault inject() {
    target.destroyData();
    return ActiveFault.nothingToHeal();
  }
}

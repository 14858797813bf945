package dev.drillbook.fault;

import dev.drillbook.site.Store;
import java.util.List;

/** All that a store has stored is gone, as after a lost volume or a deletion on the wrong host. */
@About(
    kind = About.Kind.DATA,
    does = "removes every file of its data folder",
    hits = "any store",
    bites = "there were files, and there are none")
public record DestroyData(Store target) implements Fault {

  public static Fault destroyData(Store target) {
    return new DestroyData(target);
  }

  @Override
  public String name() {
    return "destroy data of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    int before = target.files().list("").size();
    target.destroyData();
    return ActiveFault.over(
        List.of(before + " files"),
        () -> {
          int left = target.files().list("").size();
          return Bite.of(before > 0 && left == 0, before + " files were there, " + left + " are");
        });
  }
}

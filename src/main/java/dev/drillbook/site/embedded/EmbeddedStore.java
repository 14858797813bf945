package dev.drillbook.site.embedded;

import dev.drillbook.site.Command;
import dev.drillbook.site.DataFiles;
import dev.drillbook.site.Store;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a store does alike, whatever it stores: all its data is in one folder. */
abstract class EmbeddedStore extends EmbeddedProcess implements Store {

  EmbeddedStore(EmbeddedSite site, Ports ports) {
    super(site, ports);
  }

  /** All that a script finds in its environment. */
  abstract Map<String, String> scriptEnvironment();

  Path dataFolder() {
    return site.folder().resolve(name() + "-data");
  }

  @Override
  public DataFiles files() {
    return new LocalFiles(dataFolder());
  }

  @Override
  public synchronized void destroyData() {
    try {
      SiteFolder.deleteTree(dataFolder());
    } catch (IOException e) {
      throw new DrillException(
          "the data of " + name() + " could not be destroyed: " + e.getMessage(),
          "a running server writes while it is deleted: kill it first",
          e);
    }
  }

  @Override
  public Command script(String file, String... arguments) {
    return site.script(
        file,
        List.of(arguments),
        () -> {
          Map<String, String> environment = scriptEnvironment();
          site.backupFolderOf(name())
              .ifPresent(folder -> environment.put("BACKUP_DIR", folder.toString()));
          return environment;
        });
  }
}

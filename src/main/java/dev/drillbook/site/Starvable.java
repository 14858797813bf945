package dev.drillbook.site;

import java.util.List;

/** Something whose processes can be kept from getting what they need. */
public interface Starvable extends Component {

  /** What a process can be short of. */
  enum Resource {
    /** Files and connections that a process may have open. */
    OPEN_FILES("nofile"),
    /** Bytes of address space that a process may have. */
    MEMORY("as");

    private final String option;

    Resource(String option) {
      this.option = option;
    }

    /** Its name among the options of prlimit(1). */
    public String option() {
      return option;
    }
  }

  /**
   * The commands that limit each of its present processes, which those that they start inherit.
   *
   * @return one command a process: {@code limit} sets the limit, {@code restore} sets it back to
   *     what it is now
   * @throws dev.drillbook.timeline.DrillException if this machine cannot do so, with the reason
   */
  List<Limit> limits(Resource resource, long most);

  /** How one process is limited, and how that is taken back. */
  record Limit(long process, List<String> limit, List<String> restore) {}
}

package dev.drillbook.site;

/** Something whose data can be destroyed. */
public interface DataHolder extends Component {

  /** Removes all that it has stored, for good; whether it runs or not. */
  void destroyData();
}

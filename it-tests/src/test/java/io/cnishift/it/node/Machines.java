package io.cnishift.it.node;

import java.util.List;

/** The AWS side as nodes need it. */
public interface Machines {

    /** The instances of the cluster that run now. */
    List<Machine> running();

    /** Gives an instance one more address of its subnet, as ipamd does, and says which. */
    String secondaryAddress(String instance);
}

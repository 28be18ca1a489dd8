package io.cnishift.it.front;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An API server, or what stands for one, on which the same is expected of a {@link KubernetesPort}. */
interface Peer {

    /** Why it cannot be asked on this machine, if it cannot. */
    Optional<String> absent();

    /** A cluster of its own, or a namespace of its own in one that all share. */
    Site open(Path folder);

    /** A cluster to try acts on. */
    interface Site extends AutoCloseable {

        KubernetesPort port();

        /** The port of another process. */
        KubernetesPort another();

        /** What an act would come to. */
        ActResult check(Act act);

        /** Somebody else changes an object. */
        void changedByAnother(ObjectRef object, Map<String, Object> patch);

        /** A node that pods can run on. */
        Node node();

        /** Where to make what is namespaced; it is made by whoever opens the site. */
        String namespace();

        /** Lets pods get to run and budgets be counted. */
        void settle();

        @Override
        void close();
    }
}

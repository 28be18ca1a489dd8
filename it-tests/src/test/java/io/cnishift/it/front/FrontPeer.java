package io.cnishift.it.front;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import java.nio.file.Path;
import java.util.Optional;

/** The simulator behind its HTTP front, reached by the adapter of real clusters. */
final class FrontPeer implements Peer {

    @Override
    public Optional<String> absent() {
        return Optional.empty();
    }

    @Override
    public Site open(Path folder) {
        return new Open(new Fronted("minnie-wallace", folder));
    }

    @Override
    public String toString() {
        return "over the front";
    }

    private static final class Open extends ReachedByAdapter {
        private final Fronted fronted;

        Open(Fronted fronted) {
            super(fronted.kubeconfig());
            this.fronted = fronted;
        }

        @Override
        public Node node() {
            return KubeProjection.node(fronted.simulation()
                    .kernel()
                    .objects()
                    .list("Node")
                    .iterator()
                    .next());
        }

        @Override
        public String namespace() {
            return "parity";
        }

        @Override
        public void settle() {
            fronted.advance("3m");
        }

        @Override
        public void close() {
            super.close();
            fronted.close();
        }
    }
}

package io.cnishift.simulator.cni;

import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.PodNetwork;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a CNI configuration file calls. */
interface CniPlugin {

    PodNetwork.Wiring add(String node, Map<String, Object> pod);

    void remove(PodWiring wiring);

    /** The plug-ins by the name of their configuration file. */
    final class Registry {
        private final Map<String, CniPlugin> byConf = new TreeMap<>();

        private Registry() {}

        static Registry of(Kernel kernel) {
            return kernel.shared(Registry.class, k -> new Registry());
        }

        void put(String conf, CniPlugin plugin) {
            byConf.put(conf, plugin);
        }

        Optional<CniPlugin> of(String conf) {
            return Optional.ofNullable(byConf.get(conf));
        }
    }
}

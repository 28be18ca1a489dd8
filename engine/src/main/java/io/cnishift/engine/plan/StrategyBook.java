package io.cnishift.engine.plan;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Suggestion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All strategies found, by id. Immutable. */
public final class StrategyBook {

    private static final Logger LOG = LoggerFactory.getLogger(StrategyBook.class);

    private final Map<String, LoadedStrategy> byId = new TreeMap<>();

    private StrategyBook() {}

    /** The strategies on the class path of that loader. */
    public static StrategyBook load(ClassLoader loader) {
        return of(ServiceLoader.load(MigrationStrategy.class, loader).stream()
                .map(provider -> new LoadedStrategy(provider.get(), LoadedStrategy.BUILT_IN))
                .toList());
    }

    /** A book of these strategies. */
    public static StrategyBook of(List<LoadedStrategy> strategies) {
        StrategyBook book = new StrategyBook();
        strategies.stream().sorted(Comparator.comparing(LoadedStrategy::id)).forEach(book::add);
        return book;
    }

    /** All strategies, in order of id. */
    public List<LoadedStrategy> all() {
        return List.copyOf(byId.values());
    }

    /** The strategy of that id. */
    public Optional<LoadedStrategy> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The strategy of that id, or the error that names all there are. */
    public LoadedStrategy require(String id) {
        return find(id).orElseThrow(() -> MigrationException.user(
                "CLI-UNKNOWN-STRATEGY",
                "there is no strategy '" + id + "'",
                Suggestion.nearest(id, usable())
                                .map(near -> "did you mean " + near + "? ")
                                .orElse("")
                        + "choose one of " + String.join(", ", usable())
                        + "; 'cnishift strategies' explains them; one that a plug-in brings needs --plugin-dir"));
    }

    /** Ids of the strategies that can be chosen: not of plug-ins that cannot be used. */
    public List<String> usable() {
        return byId.values().stream()
                .filter(loaded -> loaded.fault().isEmpty())
                .map(LoadedStrategy::id)
                .toList();
    }

    /** What is read of a cluster for that strategy; the usual for one that there is not. */
    public Set<Part> parts(String id) {
        return find(id).map(LoadedStrategy::parts).orElseGet(Part::ofOneCluster);
    }

    private void add(LoadedStrategy loaded) {
        StrategyDescriptor descriptor = loaded.strategy().descriptor();
        if (descriptor.apiVersion() != StrategyDescriptor.API_VERSION) {
            throw MigrationException.user(
                    "PLUGIN-API-VERSION",
                    "strategy '" + loaded.id() + "' from " + loaded.source() + " is written for api "
                            + descriptor.apiVersion() + ", not " + StrategyDescriptor.API_VERSION,
                    "use a version of it that is made for this cnishift");
        }
        LoadedStrategy before = byId.put(loaded.id(), loaded);
        if (before != null) {
            throw MigrationException.user(
                    "PLUGIN-DUPLICATE-ID",
                    "two strategies are called '" + loaded.id() + "': from " + before.source() + " and from "
                            + loaded.source(),
                    "remove one of them");
        }
        LOG.debug("strategy {} from {}", loaded.id(), loaded.source());
    }
}

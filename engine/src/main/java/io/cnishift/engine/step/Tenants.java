package io.cnishift.engine.step;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pods of one node as a drain looks at them. What the filters say of each, and which Services and budgets select them, is
 * worked out once and kept until one of the pods changes, or what selects them: a roll asks for it at every pass, of every node
 * that it drains or may drain next.
 */
final class Tenants {

    /** Of an instance without a node. */
    static final Tenants NONE = new Tenants(List.of(), Set.of(), Set.of(), false);

    private static final String OURS = "cnishift";

    private final List<Tenant> all;
    private final List<Tenant> toGo;
    private final Optional<Tenant> refused;
    private final Set<String> services;
    private final Set<String> budgets;
    private final boolean budgetedTwice;
    private final boolean hostsUs;

    /** A pod, and what the filters say of it. */
    record Tenant(Pod pod, DrainFilters.Decision decision) {
        boolean is(DrainFilters.Decision.Kind kind) {
            return decision.kind() == kind;
        }
    }

    private Tenants(List<Tenant> all, Set<String> services, Set<String> budgets, boolean budgetedTwice) {
        this.all = all;
        this.services = services;
        this.budgets = budgets;
        this.budgetedTwice = budgetedTwice;
        this.toGo =
                all.stream().filter(t -> !t.is(DrainFilters.Decision.Kind.STAY)).toList();
        this.refused = all.stream()
                .filter(t -> t.is(DrainFilters.Decision.Kind.REFUSED))
                .findFirst();
        this.hostsUs = all.stream().anyMatch(t -> OURS.equals(t.pod().labels().get("app.kubernetes.io/name")));
    }

    static Tenants on(View view, String node, DrainFilters filters) {
        return view.unlessPodsChanged(node, filters);
    }

    static Tenants look(View view, String node, DrainFilters filters) {
        List<Tenant> all = new ArrayList<>();
        Set<String> services = new LinkedHashSet<>();
        Set<String> budgets = new LinkedHashSet<>();
        boolean twice = false;
        for (Pod pod : view.podsOn(node)) {
            Tenant tenant = new Tenant(pod, filters.of(pod));
            all.add(tenant);
            if (tenant.is(DrainFilters.Decision.Kind.MOVE)) {
                List<Budget> over = view.budgetsOf(pod);
                twice |= over.size() > 1;
                over.stream().map(Resource::key).forEach(budgets::add);
                view.servicesOf(pod).stream().map(Resource::key).forEach(services::add);
            }
        }
        return new Tenants(List.copyOf(all), services, budgets, twice);
    }

    List<Tenant> all() {
        return all;
    }

    /** All but those that stay as long as the node does. */
    List<Tenant> toGo() {
        return toGo;
    }

    /** The first that may not be moved. */
    Optional<Tenant> refused() {
        return refused;
    }

    /** Keys of the Services that lead to one that is to be moved. */
    Set<String> services() {
        return services;
    }

    /** Keys of the budgets over those. */
    Set<String> budgets() {
        return budgets;
    }

    /** Whether two budgets stand over one of those. */
    boolean budgetedTwice() {
        return budgetedTwice;
    }

    /** Whether this program runs among them. */
    boolean hostsUs() {
        return hostsUs;
    }
}

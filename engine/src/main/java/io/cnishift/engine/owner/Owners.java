package io.cnishift.engine.owner;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.NodeClass;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.OwnerTags;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Executor;
import io.cnishift.engine.fact.ActSubject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Who owns what is changed. What is made like something else belongs to the owner of that. Pure. */
public final class Owners {

    private static final Map<Class<? extends Resource>, Function<Resource, Owner>> BY_TYPE = table();

    private Owners() {}

    /** The owner of what that act changes. */
    static Owner of(View view, Act act) {
        if (act instanceof CreateNodeGroup create) {
            return group(view, create.like());
        }
        if (act instanceof CreateAutoScalingGroup create) {
            return group(view, create.like());
        }
        if (act instanceof CreateTemplateVersion create) {
            return template(view, create.template());
        }
        if (act instanceof DeleteTemplateVersion delete) {
            return template(view, delete.template());
        }
        return ActSubject.of(act)
                .flatMap(s -> view.get(s.part(), Resource.class, s.key()))
                .map(r -> of(view, r))
                .orElse(Owner.NONE);
    }

    /** The owner of what a plan calls {@code PART/KEY}, where that is there. */
    public static Owner of(View view, String touched) {
        int slash = touched.indexOf('/');
        for (Part part : Part.values()) {
            if (slash > 0 && part.toString().equals(touched.substring(0, slash))) {
                return view.get(part, Resource.class, touched.substring(slash + 1))
                        .map(r -> of(view, r))
                        .orElse(Owner.NONE);
            }
        }
        return Owner.NONE;
    }

    /**
     * Whether a step leaves that act to an owner. What stands in a second cluster is made or copied by the migration: nobody has a
     * source that says it, so it stays with cnishift, whoever has the step.
     */
    public static boolean leaves(MigrationPlan.Step step, Act act) {
        return step.executor() == Executor.OWNER && !(act instanceof OnSecond || act instanceof CarryObject);
    }

    private static Owner of(View view, Resource resource) {
        if (resource instanceof Release release) {
            return release.owner(view);
        }
        return BY_TYPE.getOrDefault(resource.getClass(), r -> Owner.NONE).apply(resource);
    }

    private static Owner group(View view, String name) {
        return view.nodeGroup(name).map(NodeGroup::owner).orElse(Owner.NONE);
    }

    private static Owner template(View view, String id) {
        return view.nodeGroups().stream()
                .filter(g -> g.launchTemplate().filter(t -> t.id().equals(id)).isPresent())
                .map(NodeGroup::owner)
                .filter(o -> !o.equals(Owner.NONE))
                .findFirst()
                .orElse(Owner.NONE);
    }

    private static Map<Class<? extends Resource>, Function<Resource, Owner>> table() {
        Map<Class<? extends Resource>, Function<Resource, Owner>> table = new HashMap<>();
        put(table, Workload.class, Workload::owner);
        put(table, Service.class, Service::owner);
        put(table, Ingress.class, Ingress::owner);
        put(table, NodeGroup.class, NodeGroup::owner);
        put(table, NodePool.class, NodePool::owner);
        put(table, NodeClass.class, NodeClass::owner);
        put(table, Addon.class, addon -> OwnerTags.owner(addon.tags()));
        put(table, SecurityGroup.class, group -> OwnerTags.owner(group.tags()));
        return Map.copyOf(table);
    }

    private static <R extends Resource> void put(
            Map<Class<? extends Resource>, Function<Resource, Owner>> table, Class<R> type, Function<R, Owner> owner) {
        table.put(
                type,
                resource -> Optional.of(resource).map(type::cast).map(owner).orElse(Owner.NONE));
    }
}

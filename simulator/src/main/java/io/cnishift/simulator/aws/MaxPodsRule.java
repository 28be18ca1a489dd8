package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;

/** How the kubelet of a new node of a group comes to its max-pods. */
interface MaxPodsRule {

    int of(NodeGroup group, Template template, String instanceType);
}

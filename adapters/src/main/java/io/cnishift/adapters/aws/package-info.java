/** Reading EKS, EC2, Auto Scaling, Elastic Load Balancing and IAM, as far as one cluster goes. */
@NullMarked
package io.cnishift.adapters.aws;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/plan.h"

namespace core::session {
namespace {

using drive::MediumStatus;

Problem unsuitable() { return {Severity::failure, "Unsuitable target media state", 0, Origin::libisoburn}; }

}  // namespace

Result<Plan> make_plan(const Situation& s) {
  Plan plan;
  plan.granularity = s.overwritable && s.emulate_toc ? kHeadBlocks : Blocks{1};
  if (s.blind_address && !s.same_drive) {
    plan.method = Method::blind_growing;
    plan.image_start = *s.blind_address;
    plan.write_start = s.overwritable ? Lba{0} : s.next_writable.value_or(Lba{0});
    plan.refers_to_older = s.image_loaded;
    return plan;
  }
  if (s.status != MediumStatus::blank && !s.same_drive)
    return Problem{Severity::failure, "-indev differs from -outdev and -outdev media holds non-zero data"};
  if (s.status != MediumStatus::blank && s.status != MediumStatus::appendable) return unsuitable();

  plan.head += s.partition_offset;
  const bool growing = s.status == MediumStatus::appendable;
  plan.method = growing ? Method::growing : s.image_loaded ? Method::modifying : Method::fresh;
  plan.refers_to_older = growing && s.image_loaded;
  plan.write_start = s.next_writable.value_or(Lba{0});
  if (s.overwritable && !growing) {
    // The first session keeps its own descriptors out of the area that later sessions will overwrite. What can't be read
    // back needs no history.
    if (!s.emulate_toc || !s.readable) plan.write_start = Lba{0};
    else if (plan.write_start < Lba{plan.head.value}) plan.write_start = Lba{plan.head.value};
  }
  plan.image_start = plan.write_start;
  plan.activates_head = s.overwritable && plan.write_start > Lba{0};
  return plan;
}

Blocks blocks_on_medium(const Plan& plan, Blocks produced, Bytes padding) {
  const Blocks all = produced + blocks_for(padding);
  const std::int64_t unit = plan.granularity.value;
  const std::int64_t end = plan.write_start.value + all.value;
  return Blocks{(end + unit - 1) / unit * unit - plan.write_start.value};
}

}  // namespace core::session

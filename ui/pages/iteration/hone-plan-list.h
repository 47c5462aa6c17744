/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan in words: what will be done, what is left out, what stands in the way. */
#pragma once

#include <adwaita.h>

#include "jobs/hone-tune-plan.h"

G_BEGIN_DECLS

#define HONE_TYPE_PLAN_LIST (hone_plan_list_get_type ())
G_DECLARE_FINAL_TYPE (HonePlanList, hone_plan_list, HONE, PLAN_LIST, AdwBin)

/* @plan NULL: only the error. @error (nullable): one more, above all others. */
void hone_plan_list_show (HonePlanList       *self,
                          const HoneTunePlan *plan,
                          const char         *error);

G_END_DECLS

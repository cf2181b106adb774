-- A gesture that is sent again, because its answer was lost, is known by the id that its sender gave it.
ALTER TABLE "flow_edit" ADD COLUMN "gesture_id" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "flow_edit_flow_id_gesture_id_key" ON "flow_edit"("flow_id", "gesture_id");

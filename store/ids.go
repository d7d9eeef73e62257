package store

// CustomerID is the number that the bank knows a customer by.
type CustomerID string

// ProductID is the number that the bank keeps a product under. Customers know
// it by its Number.
type ProductID string

// ApplicationID is the number of an application.
type ApplicationID string

// NumberID names an activation number without telling its digits.
type NumberID string
